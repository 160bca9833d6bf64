"""How fast is Golden Thread on this machine, beside the least that any engine would need?"""

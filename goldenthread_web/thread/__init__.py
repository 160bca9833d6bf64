"""How does anything hang together with everything?"""

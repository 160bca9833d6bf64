"""Who met, decided and asked?"""

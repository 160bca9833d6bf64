"""How the service is put together: the installation, Django's settings, addresses, the clock."""

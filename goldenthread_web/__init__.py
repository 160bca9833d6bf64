"""The service: what a council's people see and do, on figures and lists that the library works out."""

"""Has every case of a service been looked at? Reviews of whole services."""

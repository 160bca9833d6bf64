"""How fast does the service answer? Measured beside a bare view of the same framework, in one run."""

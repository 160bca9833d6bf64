"""What does good practice look like here? The library of practice standards, by edition."""

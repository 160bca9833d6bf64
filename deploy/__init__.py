"""What whoever installs and buys the service needs beside it."""

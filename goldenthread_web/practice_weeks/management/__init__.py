"""Commands of Practice Weeks."""

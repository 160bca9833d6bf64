"""What the readers of the statutory returns share: safe XML, values by year, rows and findings."""

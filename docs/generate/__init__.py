"""Reference pages that follow from the code and its data: nobody writes them by hand."""

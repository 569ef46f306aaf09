"""Forms filled in in the browser, with or without a network: Enketo core over our own pages."""

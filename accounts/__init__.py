"""Who a person is and where they belong."""

"""From the product's listings to the prediction format of a scorer, one file a kind of gold."""

"""From the counter's model to what pages show. Pure: everything comes in as an argument, the hour too."""

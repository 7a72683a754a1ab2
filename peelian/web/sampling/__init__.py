"""Pages of second looks by lot: deciding again, two decisions side by side, figures, reviews of investigations."""

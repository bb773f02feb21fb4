"""Paper and ink: text, stock, symbol, placement, drawing, read-back. Forbidden here: importing trace."""

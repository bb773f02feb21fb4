"""Paper and ink: text, stock, symbol, placement, drawing, read-back.

Forbidden here: importing trace, or knowing of lots, databases and requests. Texts
come in, a PDF goes out.

    text, stock -> placement -> drawing -> sheet -> read_back, preview
    bit_stream, penalty, symbol_tables -> symbol -> drawing
"""

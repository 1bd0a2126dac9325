package io.firesteel.redaction;

/**
 * A secret within a text.
 *
 * @param start its first character
 * @param end what comes after its last one
 */
record Span(int start, int end) {}

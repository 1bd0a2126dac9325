package io.firesteel.redaction;

/**
 * The position of a secret in a text.
 *
 * @param end exclusive
 */
record Span(int start, int end) {}

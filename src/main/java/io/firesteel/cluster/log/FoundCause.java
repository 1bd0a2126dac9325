package io.firesteel.cluster.log;

/**
 * A cause, and where a log tells it.
 *
 * @param start the index of its first line
 * @param end the index after its last line
 */
record FoundCause(FailureCause cause, int start, int end) {}

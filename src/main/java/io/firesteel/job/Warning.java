package io.firesteel.job;

/**
 * A part of an accepted request that has no effect.
 *
 * @param field a JSON pointer into the SparkApplication
 * @param reason why it has no effect; a fixed sentence without values of the request
 */
public record Warning(String field, String reason) {}

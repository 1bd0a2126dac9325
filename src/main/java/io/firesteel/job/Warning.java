package io.firesteel.job;

/**
 * A part of an accepted request, or of what its driver wrote, that has no effect.
 *
 * @param field a JSON pointer into the SparkApplication, or below {@code /outputs}
 * @param reason why it has no effect; a sentence without values of the request
 */
public record Warning(String field, String reason) {}

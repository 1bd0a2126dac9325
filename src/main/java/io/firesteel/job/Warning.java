package io.firesteel.job;

/**
 * Something in a request that was taken and changes nothing.
 *
 * @param field where it stands, as a JSON pointer into the SparkApplication
 * @param reason why it changes nothing; a fixed sentence, never a value of the request
 */
public record Warning(String field, String reason) {}

package io.firesteel.job;

/**
 * The version of an object that triggered a job, so that a notification that arrives late can be
 * ignored.
 *
 * @param object the trigger and the object
 * @param sequencer orders the versions of one object, as text
 */
public record ObjectVersion(String object, String sequencer) {}

package io.firesteel.job;

/**
 * Which writing of an object in a store a job is for, so that one which is told late can be left
 * out.
 *
 * @param object the object, and who watches it
 * @param sequencer sorts the writings of one object as text
 */
public record ObjectVersion(String object, String sequencer) {}

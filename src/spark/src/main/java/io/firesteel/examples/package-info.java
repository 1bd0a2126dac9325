/**
 * Small Spark applications for examples and tests: {@link io.firesteel.examples.DailyTotals} does
 * real work, {@link io.firesteel.examples.Pi} the least, and the others go wrong in the ways that a
 * job runner must tell apart.
 */
package io.firesteel.examples;

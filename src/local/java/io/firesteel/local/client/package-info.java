/**
 * What an upstream and a downstream system do: publish requests for jobs with simulated pods, and
 * read results.
 */
@NullMarked
package io.firesteel.local.client;

import org.jspecify.annotations.NullMarked;

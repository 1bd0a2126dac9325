/**
 * What log lines about jobs have in common, so that one search finds all that was said of a job.
 */
@NullMarked
package io.firesteel.log;

import org.jspecify.annotations.NullMarked;

/**
 * Input for the example jobs of the laptop platform, and the means to check what a job made of it
 * without trusting Spark.
 */
@NullMarked
package io.firesteel.local.data;

import org.jspecify.annotations.NullMarked;

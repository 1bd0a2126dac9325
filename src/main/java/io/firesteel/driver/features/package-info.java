/** Spark's feature steps for the driver pod, under Spark's names. */
@NullMarked
package io.firesteel.driver.features;

import org.jspecify.annotations.NullMarked;

/**
 * The Spark distribution on this machine, and its class-data archives, which halve the start of a
 * driver.
 */
@NullMarked
package io.firesteel.local.kubelet.spark;

import org.jspecify.annotations.NullMarked;

/** The local Spark distribution and its class-data archives. */
@NullMarked
package io.firesteel.local.kubelet.spark;

import org.jspecify.annotations.NullMarked;

/** How a kubelet is set up: its options and the Spark installation that its pods run. */
@NullMarked
package io.firesteel.local.kubelet.config;

import org.jspecify.annotations.NullMarked;

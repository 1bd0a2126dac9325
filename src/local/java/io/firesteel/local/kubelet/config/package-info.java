/** The options of a kubelet and the Spark installation of its pods. */
@NullMarked
package io.firesteel.local.kubelet.config;

import org.jspecify.annotations.NullMarked;

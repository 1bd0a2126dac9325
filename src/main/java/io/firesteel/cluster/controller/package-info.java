/** Controllers that keep one partition of desired drivers and one cluster in line. */
@NullMarked
package io.firesteel.cluster.controller;

import org.jspecify.annotations.NullMarked;

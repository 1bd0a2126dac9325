/** The control loop of one partition and one cluster, and what feeds it. */
@NullMarked
package io.firesteel.cluster.controller;

import org.jspecify.annotations.NullMarked;

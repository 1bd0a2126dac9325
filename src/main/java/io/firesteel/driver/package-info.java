/**
 * From a desired driver to the Kubernetes objects that make it run, object for object what
 * spark-submit creates: the pod, its ConfigMaps, its Service and what else the spec asks for. A
 * pure function; nothing here talks to a cluster.
 *
 * <p>Three layers: {@code spec → conf} says in Spark's own properties what a SparkApplication asks
 * for; {@code conf → objects} does what Spark's own builder does with them, and is held to it by a
 * test; the last one adds what no property can say.
 */
@NullMarked
package io.firesteel.driver;

import org.jspecify.annotations.NullMarked;

/**
 * Builds the Kubernetes objects of a desired driver, the same as spark-submit creates: the pod, its
 * ConfigMaps, its Service and what else the spec needs. Pure functions; nothing here calls a
 * cluster.
 *
 * <p>Three layers: {@code operator.SpecConf} translates a SparkApplication into Spark properties;
 * {@code features} builds objects from properties as Spark does, and a test compares the two;
 * {@code operator} then applies the fields that have no property.
 */
@NullMarked
package io.firesteel.driver;

import org.jspecify.annotations.NullMarked;

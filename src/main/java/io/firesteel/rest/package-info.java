/**
 * The REST API: what people and scripts ask of jobs and tenants. It reads the status topics, and
 * changes things as everybody else does, by a message to the request topic.
 */
@NullMarked
package io.firesteel.rest;

import org.jspecify.annotations.NullMarked;

/**
 * What a Spark job is asked to be: the SparkApplication v1beta2 spec of the Spark operator, field
 * for field, read strictly. Whatever is wrong with a spec is found here, all at once, before
 * anything is created.
 */
@NullMarked
package io.firesteel.spec;

import org.jspecify.annotations.NullMarked;

/** What spark-submit derives before it builds a driver pod, and Firesteel's names and labels. */
@NullMarked
package io.firesteel.driver.submit;

import org.jspecify.annotations.NullMarked;

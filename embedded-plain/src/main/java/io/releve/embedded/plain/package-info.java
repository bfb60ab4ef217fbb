/** An engine with its parts, put together without OSGi. */
package io.releve.embedded.plain;

/** Programs that look at files of a server without one, without OSGi and without a keyspace. */
package io.releve.tools;

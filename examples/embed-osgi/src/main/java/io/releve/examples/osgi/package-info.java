/** How a bundle uses Relève as a service. */
package io.releve.examples.osgi;

/** The sentinel in an OSGi container. */
package io.releve.sentinel.service;

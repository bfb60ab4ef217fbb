/** The state of the server as health checks. */
package io.releve.health;

/** What a sentinel thinks: no sockets, no threads, no clock of its own. */
package io.releve.sentinel.core;

/** What parts of the way of a request cost, without a socket. */
package io.releve.perf.dispatch;

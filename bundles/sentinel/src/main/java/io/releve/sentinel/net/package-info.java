/** The sentinel's thread, its links to servers and other sentinels, and what else it has from outside. */
package io.releve.sentinel.net;

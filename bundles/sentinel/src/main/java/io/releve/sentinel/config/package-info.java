/** The sentinel's lines of sentinel.conf: read, checked as Redis checks them, and written again at every change. */
package io.releve.sentinel.config;

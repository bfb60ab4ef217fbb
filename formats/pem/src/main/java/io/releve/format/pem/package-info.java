/** Certificates and keys in PEM files (RFC 7468). */
package io.releve.format.pem;

{
  "signatures" : [
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "de84a8d7fc67fa934491ad9fa8b99fc0217dcc2fae1ad624488e04425dff3876",
      "key" : "7Rudj8cr3HH79K1FKEzeNzkocsyCP5DlXZM4AI2tJ7Y=",
      "signature" : "USV3twsHMeDHercK2zaSxzK/hByPJNlf2oHZhqcI2E44YHV/bGyljNcyPWH4GnKRi53tQc7MV9EUQRrcTqyqCw==",
      "signer" : "A signer of the example",
      "version" : "0.1.0"
    },
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "de84a8d7fc67fa934491ad9fa8b99fc0217dcc2fae1ad624488e04425dff3876",
      "key" : "3DJQV+Z6KbqvI/vttJ0+9DwscofZoWDIwwA1y7jENfg=",
      "signature" : "uyGAOObkeI0vAcFJhpRJ0u/amjwLXJLpOfwof2aN+ux4ho2KC8QvH7LcKLbrSyLQ2deTLNIvhtpUzvfEHjYeDA==",
      "signer" : "Another signer of the example",
      "version" : "0.1.0"
    }
  ]
}

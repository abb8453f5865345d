{
  "signatures" : [
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "de84a8d7fc67fa934491ad9fa8b99fc0217dcc2fae1ad624488e04425dff3876",
      "key" : "vwATGJQ8LjB4bdrTSUknhIYwuDFAvfALbV5DGDFQux4=",
      "signature" : "Gfzz0skc9Sme25c643aoBcvM/SRNxTavGxZhnfdvDUnysOReRqI2KlIf1qncjtTkqjCdHe6y4H9YKe1FnFYlCA==",
      "signer" : "A signer of the example",
      "version" : "0.1.0"
    },
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "de84a8d7fc67fa934491ad9fa8b99fc0217dcc2fae1ad624488e04425dff3876",
      "key" : "TPDwCnD5gQk+TT7OA4+PpBB76jwFYdg5LJBd/XgXJxA=",
      "signature" : "2rvj0EC1YCejADPD8xTW30/PcC52NymnNXp2ZCWNdLRR3eT0yK/Fj4vvd44+eQ41DQghMDEy0gzBaXFM01upBw==",
      "signer" : "Another signer of the example",
      "version" : "0.1.0"
    }
  ]
}
